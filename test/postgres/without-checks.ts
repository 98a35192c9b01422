/** Removes all checks of columns and tables. */
export const WITHOUT_CHECKS = `do $$ declare rule record; begin
  for rule in select conrelid::regclass as of, conname from pg_constraint where contype = 'c' and conrelid <> 0 loop
    execute format('alter table %s drop constraint %I', rule.of, rule.conname);
  end loop;
end $$`

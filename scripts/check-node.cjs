// Exits if Node is older than package.json allows. This is plain ES5, so that even a very old Node can run it.
var required = parseInt(/\d+/.exec(require('../package.json').engines.node)[0], 10)

if (parseInt(process.versions.node, 10) < required) {
  console.error('Pinhole needs Node %s or newer, but this is Node %s.', required, process.versions.node)
  process.exit(1)
}

// Unpacks the browser, the libraries that it needs and a font into TMPDIR, which is where the package puts them.

'use strict';

const { dirname, join } = require('node:path');

const entry = require.resolve('@sparticuz/chromium');
const chromium = require(entry);
const { inflate } = require(join(dirname(entry), 'lambdafs.cjs'));

chromium
  .executablePath()
  // The package itself does this only where it knows the system.
  .then(() => inflate(join(dirname(entry), '../../bin/al2023.tar.br')))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });

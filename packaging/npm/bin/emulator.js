#!/usr/bin/env node
"use strict";
require("./run.js")(["emulator", ...process.argv.slice(2)]);

#!/usr/bin/env node
"use strict";
require("./run.js")(process.argv.slice(2));

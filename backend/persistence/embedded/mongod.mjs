#!/usr/bin/env node
// Stands in for a mongod binary: mongodb-memory-server starts what MONGOMS_SYSTEM_BINARY names.
import '../../../dist/database/server.js'

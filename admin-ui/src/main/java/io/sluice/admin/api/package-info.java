/** The JSON API under /api and /config that scripts know from NSQ, its forms and codes. */
package io.sluice.admin.api;

/** The page in the browser: its files, the trees that it draws and keeps up to date, its API. */
package io.sluice.admin.web;

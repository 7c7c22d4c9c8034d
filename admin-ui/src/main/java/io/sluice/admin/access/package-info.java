/** Who may see and change what, and from where: nothing here asks a daemon. */
package io.sluice.admin.access;

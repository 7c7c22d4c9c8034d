/** Who may publish and subscribe: asks HTTP auth servers, and keeps to their word. */
package io.sluice.nsqd.auth;

package io.sluice.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.daemon.HostAndPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** A request with a Host that is not where it goes, which the JDK's client does not send. */
final class RawHttp {
    private RawHttp() {}

    static int status(HostAndPort at, String host) {
        try (Socket socket = new Socket(at.host(), at.port())) {
            socket.getOutputStream()
                    .write(("GET /ping HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            return Integer.parseInt(in.readLine().split(" ")[1]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package io.sluice.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** The smallest daemon: it listens, and remembers with what options. */
final class Pond implements Daemon<PondOptions> {
    private static final System.Logger LOG = System.getLogger(Pond.class.getName());

    private final String name;
    PondOptions started;
    ServerSocket socket;
    int rereads;

    /** What is wrong with this pond; null when nothing is. */
    Error flaw;

    Pond(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PondOptions options() {
        return new PondOptions();
    }

    @Override
    public Running start(PondOptions options) {
        if (flaw != null) throw flaw;
        started = options;
        HostAndPort wanted = options.tcpAddress;
        try {
            socket = new ServerSocket(wanted.port(), 1, InetAddress.getByName(wanted.bindHost()));
        } catch (IOException e) {
            throw StartException.cannotListen("--tcp-address", wanted, e);
        }
        Thread pump = new Thread(this::pump);
        pump.start();
        return new Running(
                Map.of(Running.TCP, wanted.withPort(socket.getLocalPort())),
                new LiveOptions<>(this, options, changed -> started = changed),
                () -> rereads++,
                this::close);
    }

    private void pump() {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void close() {
        LOG.log(System.Logger.Level.INFO, "the pond is closed");
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

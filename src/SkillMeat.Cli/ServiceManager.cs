using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SkillMeat.Cli;

/// <summary>Tells systemd, or another service manager with its protocol, how a service is doing.</summary>
/// <remarks>Source: sd_notify(3). Thread-safe.</remarks>
internal sealed class ServiceManager : IDisposable
{
    private const string SocketVariable = "NOTIFY_SOCKET";
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private const string WatchdogProcessVariable = "WATCHDOG_PID";

    private static readonly TimeSpan _longestSend = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly Socket? _socket;
    private readonly ITimer? _timer;

    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="time">The clock.</param>
    public ServiceManager(Func<string, string?> environment, TimeProvider time)
    {
        _socket = Connect(environment(SocketVariable));
        if (_socket is not null && FindWatchdog(environment) is { } period) _timer = time.CreateTimer(_ => TrySend("WATCHDOG=1"), state: null, period, period);
    }

    public void Ready() => Send("READY=1");

    public void Stopping() => Send("STOPPING=1");

    /// <summary>Shows a line in the status of the service.</summary>
    public void Show(string line) => TrySend($"STATUS={line}");

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _socket?.Dispose();
    }

    private static Socket? Connect(string? address)
    {
        // A name that begins with '@' is in the abstract namespace, where a zero byte takes its place.
        if (string.IsNullOrEmpty(address) || address[0] is not ('/' or '@') || OperatingSystem.IsWindows()) return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = (int)_longestSend.TotalMilliseconds };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address.AsSpan(1)}" : address));
            return socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static TimeSpan? FindWatchdog(Func<string, string?> environment)
    {
        var isOurs = environment(WatchdogProcessVariable) is not { Length: > 0 } process || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(environment(WatchdogVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds) / 2
            : null;
    }

    private void Send(string message)
    {
        lock (_gate) Write(message);
    }

    // A manager that does not read, so that each message waits, holds up one thread at most. The next message says how the service does then.
    private void TrySend(string message)
    {
        if (!Monitor.TryEnter(_gate)) return;
        try
        {
            Write(message);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void Write(string message)
    {
        try
        {
            _socket?.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The service manager went away. The service goes on without one.
        }
    }
}

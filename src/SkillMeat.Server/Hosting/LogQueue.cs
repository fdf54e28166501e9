using System.Collections.Concurrent;

namespace SkillMeat.Server.Hosting;

/// <summary>Writes lines on a thread of its own, so that a reader who stops reading holds up no request. When too many wait, new ones are lost, and counted.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LogQueue : IDisposable
{
    private const int MostWaiting = 8192;

    private static readonly TimeSpan _longestClose = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<string> _lines = new(MostWaiting);
    private readonly TextWriter _output;
    private readonly Func<long, DateTimeOffset, string> _describeLost;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private long _dropped;
    private long _reported;
    private int _isClosed;

    /// <param name="output">Receives the lines.</param>
    /// <param name="describeLost">Makes a line about a number of lines that were lost.</param>
    /// <param name="time">The clock.</param>
    public LogQueue(TextWriter output, Func<long, DateTimeOffset, string> describeLost, TimeProvider time)
    {
        _output = output;
        _describeLost = describeLost;
        _time = time;
        // It does not keep the process from ending.
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "Log" };
        _thread.Start();
    }

    /// <summary>The number of lines that were lost.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        try
        {
            if (!_lines.TryAdd(line)) Interlocked.Increment(ref _dropped);
        }
        catch (InvalidOperationException)
        {
            // The log is closed.
        }
    }

    /// <summary>Writes what waits, and ends. Waits for it for a while. Later lines are left out.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        _lines.CompleteAdding();
        // Otherwise, the thread needs them still.
        if (_thread.Join(_longestClose)) _lines.Dispose();
    }

    private void WriteAll()
    {
        foreach (var line in _lines.GetConsumingEnumerable())
        {
            Write(line);
            var lost = Dropped - _reported;
            if (lost > 0)
            {
                Write(_describeLost(lost, _time.GetUtcNow()));
                _reported += lost;
            }
        }
    }

    private void Write(string line)
    {
        try
        {
            _output.WriteLine(line);
            if (_lines.Count == 0) _output.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody reads the log any more. The service goes on.
        }
    }
}

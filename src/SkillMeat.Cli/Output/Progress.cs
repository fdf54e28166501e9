namespace SkillMeat.Cli.Output;

/// <summary>A line on standard error that shows progress until disposed.</summary>
internal sealed class Progress : IDisposable
{
    private readonly SkmHost _host;
    private readonly string _what;
    private readonly long _started;
    private readonly ITimer? _timer;
    private readonly object _gate = new();
    private bool _isOver;

    public Progress(SkmHost host, string what, bool isShown)
    {
        _host = host;
        _what = what;
        _started = host.Time.GetTimestamp();
        // Work of less than half a second needs no line.
        _timer = isShown ? host.Time.CreateTimer(_ => Draw(), state: null, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500)) : null;
    }

    public void Dispose()
    {
        if (_timer is not null)
        {
            _timer.Dispose();
            lock (_gate)
            {
                // A tick may still be running; it must not draw after later output.
                _isOver = true;
                _host.Error.Write("\r\u001b[K");
            }
        }
    }

    private void Draw()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _host.Error.Write($"\r{_what} {_host.Time.GetElapsedTime(_started).TotalSeconds:0} s\u001b[K");
            }
        }
    }
}

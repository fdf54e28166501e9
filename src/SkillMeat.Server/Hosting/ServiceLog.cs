using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SkillMeat.Collections;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Hosting;

/// <summary>Writes the log of the service: lines for people, or JSON lines. Addresses come without their query, which may hold the token. Nobody waits until a line is written.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ServiceLog(TextWriter output, TimeProvider time, bool isJson) : ILoggerProvider
{
    // The starter of the service hears of its errors by exceptions.
    private const string HostCategory = "Microsoft.Extensions.Hosting";

    private const string Hidden = "(token)";

    private readonly LogQueue _queue = new(output, (lost, now) => Line(isJson, new LogLineJson(now, "warning", Lost(lost)), $"{Prefix(LogLevel.Warning)}{Lost(lost)}"), time);
    private volatile string? _secret;

    /// <summary>The number of lines that were lost, because nobody read the log fast enough.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Leaves a text out of everything that is written from now on. A client can have put the token into the path of an address.</summary>
    public void Hide(string secret) => _secret = secret;

    public void Info(string message) => Write(LogLevel.Information, message);

    public void Warn(string message) => Write(LogLevel.Warning, message);

    public void Error(string message, Exception? error = null) => Write(LogLevel.Error, error is null ? message : $"{message} {error}");

    /// <summary>Writes a line about a request that was answered.</summary>
    public void Request(RequestLine request) => Write(
        new LogLineJson(time.GetUtcNow(), "information", "request", request.Method, request.Path, request.Status, request.DurationMs, request.Code),
        $"{request.Method} {request.Path} {request.Status} {request.DurationMs:0.0} ms{(request.Code is { } code ? $" [{code}]" : "")}");

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new FrameworkLogger(this, isSilent: categoryName.StartsWith(HostCategory, StringComparison.Ordinal));

    /// <summary>Waits until everything is written, for a while: a reader that has stopped reading does not keep the service from ending. Nothing is written afterwards.</summary>
    public void Close() => _queue.Dispose();

    /// <summary>Does nothing: the log outlives the web server.</summary>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string message) => Write(new LogLineJson(time.GetUtcNow(), JsonNamingPolicy.SnakeCaseLower.ConvertName(level.ToString()), message), $"{Prefix(level)}{message}");

    private void Write(LogLineJson line, string text) => _queue.Add(WithoutSecret(Line(isJson, line, text)));

    private static string Line(bool isJson, LogLineJson line, string text) => isJson ? ServiceJson.TextOf(line) : VisibleText.Line(text);

    private static string Lost(long lines) => string.Create(CultureInfo.InvariantCulture, $"{lines} lines of the log were lost, because they were not read fast enough.");

    private string WithoutSecret(string line) => _secret is { } secret ? line.Replace(secret, Hidden, StringComparison.Ordinal) : line;

    private static string Prefix(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning: ",
        >= LogLevel.Error => "error: ",
        _ => "",
    };

    /// <summary>Takes warnings and errors of the framework. Their messages have no query, because requests are not logged at these levels.</summary>
    private sealed class FrameworkLogger(ServiceLog log, bool isSilent) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => !isSilent && logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}");
        }
    }
}

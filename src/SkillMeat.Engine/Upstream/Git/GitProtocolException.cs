using System.Net;
using System.Text;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// A server's answer is not git's protocol, stops early, breaks a limit, or is git's own refusal. The message does not name the
/// repository: whoever asked knows it and says so when this becomes an <see cref="Errors.UpstreamException"/>.
/// </summary>
internal sealed class GitProtocolException : Exception
{
    private const int LongestServerText = 400;

    private static readonly string[] LimitWords = ["rate limit", "rate-limit", "limiting", "too many requests"];

    public GitProtocolException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = isTransient;
    }

    /// <summary>Whether asking again may help: true for truncated and garbled answers, false for what the server meant to say.</summary>
    public bool IsTransient { get; }

    /// <summary>The HTTP status, where the answer's status was the problem.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>The object that was asked for or needed and is not there; the rest can be asked for without it.</summary>
    public GitOid? MissingObject { get; private init; }

    /// <summary>Whether these are the server's own words.</summary>
    public bool IsSaid { get; private init; }

    /// <summary>Whether the server says that too much is asked of it.</summary>
    public bool IsLimit { get; private init; }

    public static GitProtocolException Truncated(Exception? cause = null) =>
        new("The answer stops before its end.", isTransient: true, cause);

    public static GitProtocolException Garbled(string what) => new($"The answer is not git's protocol: {what}.", isTransient: true);

    /// <summary>Bytes that arrived whole and still are no valid git object or pack.</summary>
    public static GitProtocolException Corrupt(string what) => new($"The server sent damaged git data: {what}.", isTransient: true);

    public static GitProtocolException TooLarge(string what) => new($"The server sent more than is accepted: {what}.", isTransient: false);

    public static GitProtocolException Missing(GitOid oid) =>
        new($"The git object {oid} was not sent by the server.", isTransient: false) { MissingObject = oid };

    public static GitProtocolException FromStatus(HttpStatusCode status) =>
        new($"The server answered {(int)status} ({status}) where git's protocol was expected.", IsPassing(status)) { StatusCode = status };

    /// <summary>The server's own words: a pkt-line <c>ERR</c>, or side-band 3.</summary>
    public static GitProtocolException FromServer(ReadOnlySpan<byte> text)
    {
        var said = Readable(text);
        return new($"The git server refused: {said}", isTransient: false) 
        {
            IsSaid = true,
            IsLimit = Array.Exists(LimitWords, words => said.Contains(words, StringComparison.OrdinalIgnoreCase)),
            MissingObject = MissingObjectIn(said),
        };
    }

    /// <summary>What a server wrote, made safe to show: one line, no control characters, not too long.</summary>
    public static string Readable(ReadOnlySpan<byte> text)
    {
        var line = new StringBuilder();
        foreach (var character in Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestServerText)]).Trim())
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString();
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static GitOid? MissingObjectIn(string said)
    {
        const string marker = "not our ref ";
        var at = said.IndexOf(marker, StringComparison.Ordinal);
        if (at < 0 || said.Length < at + marker.Length + GitOid.HexLength) return null;
        return GitOid.TryParse(said.AsSpan(at + marker.Length, GitOid.HexLength), out var oid) ? oid : null;
    }
}

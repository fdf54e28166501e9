using System.Net;
using System.Text;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// The error of an answer that violates git's protocol, is truncated, exceeds a limit, or is a refusal by git. The message does not name the
/// repository; the caller adds it in the <see cref="Errors.UpstreamException"/>.
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

    /// <summary>Whether a retry may help: true for truncated and garbled answers, false for deliberate ones.</summary>
    public bool IsTransient { get; }

    /// <summary>The HTTP status, if it caused the error.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>The object that was requested or needed but is missing; a request without it may succeed.</summary>
    public GitOid? MissingObject { get; private init; }

    /// <summary>Whether the message comes from the server.</summary>
    public bool IsSaid { get; private init; }

    /// <summary>Whether the server reports a rate limit.</summary>
    public bool IsLimit { get; private init; }

    /// <summary>Whether the answer exceeds a limit of this program.</summary>
    public bool IsTooLarge { get; private init; }

    /// <summary>Whether the server lacks what the request needs.</summary>
    public bool IsUnsupported { get; private init; }

    /// <summary>Returns the error for a server that cannot answer such a request.</summary>
    public static GitProtocolException Unsupported(string why) => new($"The server cannot answer this: {why}.", isTransient: false) { IsUnsupported = true };

    public static GitProtocolException Truncated(Exception? cause = null) =>
        new("The answer is truncated.", isTransient: true, cause);

    public static GitProtocolException Garbled(string what) => new($"The answer is not git's protocol: {what}.", isTransient: true);

    /// <summary>Returns the error for data that arrived completely but is not a valid git object or pack.</summary>
    public static GitProtocolException Corrupt(string what) => new($"The server sent damaged git data: {what}.", isTransient: true);

    /// <summary>Creates an error for an answer that exceeds a limit that the user can raise.</summary>
    public static GitProtocolException TooLarge(string limit, string key) => new($"The server sent more than {limit}, the limit for it ('{key}' under [limits] in config.toml).", isTransient: false) { IsTooLarge = true };

    public static GitProtocolException TooLarge(string what) => new($"The server sent more than the limit: {what}.", isTransient: false) { IsTooLarge = true };

    public static GitProtocolException Missing(GitOid oid) =>
        new($"The server did not send the git object {oid}.", isTransient: false) { MissingObject = oid };

    public static GitProtocolException FromStatus(HttpStatusCode status) =>
        new($"The server answered {(int)status} ({status}) where git's protocol was expected.", IsPassing(status)) { StatusCode = status };

    /// <summary>Returns the error for a message of the server: a pkt-line <c>ERR</c>, or side band 3.</summary>
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

    /// <summary>Makes text from a server safe to show: one line, without control characters, shortened.</summary>
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

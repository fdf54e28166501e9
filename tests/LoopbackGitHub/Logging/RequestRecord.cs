namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One request as the server saw it. A record of one still under way has a <see cref="Status"/> of 0.</summary>
public sealed record RequestRecord
{
    /// <summary>Its number since the start or the last <see cref="RequestLog.Clear"/>, counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The time of its arrival.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The kind of request.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path as it came, escapes included.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark, or nothing.</summary>
    public required string Query { get; init; }

    /// <summary>The headers; of <c>Authorization</c> only the scheme.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Whether it had credentials, right or wrong.</summary>
    public required bool HadToken { get; init; }

    /// <summary>The command of a protocol version 2 request (<c>ls-refs</c>, <c>fetch</c>).</summary>
    public string? Command { get; init; }

    /// <summary>The repositories that a GraphQL query asks for; null for anything else, and for a query that can't be executed.</summary>
    public long? Repositories { get; init; }

    /// <summary>
    /// The lookups of a GraphQL query: fields with arguments that give a ref, a git object or a file, and the objects of tree entries, times
    /// the size of the pages that contain them. Null for anything else, and for a query that can't be executed.
    /// </summary>
    public long? Lookups { get; init; }

    /// <summary>The injected fault.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>The HTTP status; 0 if none was sent (reset, hang, still under way).</summary>
    public int Status { get; init; }

    /// <summary>The size of the request's body on the wire, in bytes.</summary>
    public long RequestBytes { get; init; }

    /// <summary>The size of the answer's body on the wire, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The time from the arrival of the request to the start of its answer, including the fixed delay.</summary>
    public TimeSpan Elapsed { get; init; }
}

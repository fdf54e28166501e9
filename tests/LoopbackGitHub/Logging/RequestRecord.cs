namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One request as the server saw it. A record of one still under way has a <see cref="Status"/> of 0.</summary>
public sealed record RequestRecord
{
    /// <summary>Which it was since the start or the last <see cref="RequestLog.Clear"/>, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What it is for.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path as it came, escapes included.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark, or nothing.</summary>
    public required string Query { get; init; }

    /// <summary>The headers; of <c>Authorization</c> only the scheme.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Whether it came with credentials, right or wrong.</summary>
    public required bool HadToken { get; init; }

    /// <summary>The command of a protocol version 2 request (<c>ls-refs</c>, <c>fetch</c>).</summary>
    public string? Command { get; init; }

    /// <summary>The repositories that a GraphQL query asks for; null for anything else, and for a query that can't be executed.</summary>
    public long? Repositories { get; init; }

    /// <summary>
    /// The lookups of a GraphQL query: fields with arguments that give a ref, a git object or a file, and the objects of tree entries, times
    /// the size of the pages that they stand in. Null for anything else, and for a query that can't be executed.
    /// </summary>
    public long? Lookups { get; init; }

    /// <summary>The fault that was made of it.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>The HTTP status; 0 when none was sent (reset, hang, still under way).</summary>
    public int Status { get; init; }

    /// <summary>Bytes of the request's body as they came.</summary>
    public long RequestBytes { get; init; }

    /// <summary>Bytes of the answer's body as they went.</summary>
    public long Bytes { get; init; }

    /// <summary>From the request's arrival until its answer began to be sent, the fixed delay included.</summary>
    public TimeSpan Elapsed { get; init; }
}

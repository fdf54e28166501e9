namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The kind of a fault in an answer.</summary>
public enum FaultKind
{
    /// <summary>The right answer after a delay (<see cref="Fault.Delay"/>).</summary>
    Delay,

    /// <summary>A status such as 500, 502 or 503 with a short page.</summary>
    Status,

    /// <summary>429, with or without <c>Retry-After</c>.</summary>
    TooManyRequests,

    /// <summary>403: the secondary rate limit, with or without <c>Retry-After</c>.</summary>
    SecondaryLimit,

    /// <summary>403: the hour's requests are used up (for GraphQL as well), with the time of the reset.</summary>
    PrimaryLimit,

    /// <summary>GraphQL's secondary rate limit: 200 and one error without type and path, no data.</summary>
    SecondaryLimitAs200,

    /// <summary>GraphQL's limit for the resources of one query: 200 and one error of type <c>RESOURCE_LIMITS_EXCEEDED</c>, no data.</summary>
    ResourceLimits,

    /// <summary>The connection is reset before the answer.</summary>
    Reset,

    /// <summary>The first half of the right answer, with the length of the whole.</summary>
    HalfBody,

    /// <summary>Status 200 and a web page, for any request.</summary>
    HtmlPage,

    /// <summary>No answer until the client gives up.</summary>
    Hang,

    /// <summary>401: bad credentials.</summary>
    Unauthorized,

    /// <summary>302 to the same path on another host.</summary>
    Redirect,
}

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>What goes wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>Nothing but the time it takes (<see cref="Fault.Delay"/>).</summary>
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

    /// <summary>GraphQL's limit of what one query may take: 200 and one error of type <c>RESOURCE_LIMITS_EXCEEDED</c>, no data.</summary>
    ResourceLimits,

    /// <summary>The connection is reset before anything was answered.</summary>
    Reset,

    /// <summary>The right answer with the length of the whole, but only the first half of it.</summary>
    HalfBody,

    /// <summary>Status 200 and a web page, whatever was asked.</summary>
    HtmlPage,

    /// <summary>No answer until the client gives up.</summary>
    Hang,

    /// <summary>401: bad credentials.</summary>
    Unauthorized,

    /// <summary>302 to the same path on another host.</summary>
    Redirect,
}

using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream;

/// <summary>The options of an <see cref="UpstreamSession"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamSessionOptions
{
    /// <summary>
    /// Timeouts, retries and parallelism. Its token is the one from a parameter; without it, the session tries the environment, the configuration and
    /// <c>gh</c>.
    /// </summary>
    public UpstreamOptions Http { get; init; } = new();

    /// <summary>Reads an environment variable; by default one of this process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The handler that sends requests; null for the real network. It must not follow redirects, and the caller disposes it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Called with one-line messages about the work, such as retries and the source of the token. They never contain a token.</summary>
    public Action<string> Report { get; init; } = _ => { };
}

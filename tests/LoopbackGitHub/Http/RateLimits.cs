namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The limits of one server.</summary>
internal sealed class RateLimits(LoopbackGitHubOptions options)
{
    private readonly RateLimit _anonymous = new("core", options.AnonymousLimit, options.Time);
    private readonly RateLimit _token = new("core", options.TokenLimit, options.Time);

    public RateLimit GraphQl { get; } = new("graphql", options.GraphQlLimit, options.Time);

    public RateLimit Rest(Credential credential) => credential == Credential.Valid ? _token : _anonymous;

    public static string Message(Credential credential) => credential == Credential.Valid
        ? "API rate limit exceeded for user ID 1."
        : "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)";
}

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>How a <see cref="LoopbackGitHubServer"/> behaves. The defaults are GitHub's.</summary>
public sealed record LoopbackGitHubOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The one token that is right. It looks like GitHub's, so that tests can search for it in what must not hold it.</summary>
    public string Token { get; init; } = "ghp_loopback0123456789abcdefghijklmnopqrst";

    /// <summary>How long every answer takes, at least; answers wait beside each other, not one after another.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The clock for rate limits, delays, the <c>Date</c> header and the log. One that stands still makes every delay endless.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What goes wrong; can be changed later (<see cref="LoopbackGitHubServer.Faults"/>).</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Whether git may speak protocol version 2; otherwise it gets version 0, as from an old server.</summary>
    public bool ProtocolV2 { get; init; } = true;

    /// <summary>
    /// Whether the version 2 advertisement begins with <c># service=git-upload-pack</c>, as GitHub's does; <c>git http-backend</c> leaves that out.
    /// </summary>
    public bool AnnounceService { get; init; } = true;

    /// <summary>
    /// Whether git requests are answered as github.com answers them: only to a <c>User-Agent</c> that begins with <c>git/</c>, and
    /// <c>git-upload-pack</c> only below a path that ends with <c>.git</c>.
    /// </summary>
    public bool StrictGit { get; init; } = true;

    /// <summary>How uploads without credentials are treated; can be changed later (<see cref="LoopbackGitHubServer.GitMood"/>).</summary>
    public GitMood GitMood { get; init; }

    /// <summary>REST requests an hour without a token, all clients together.</summary>
    public int AnonymousLimit { get; init; } = 60;

    /// <summary>REST requests an hour with the token.</summary>
    public int TokenLimit { get; init; } = 5000;

    /// <summary>GraphQL points an hour.</summary>
    public int GraphQlLimit { get; init; } = 5000;

    /// <summary>The most nodes that a GraphQL query may ask for: those of its connections, and each repository, ref and object as one.</summary>
    public int MaxGraphQlNodes { get; init; } = 500_000;

    /// <summary>The most git objects and refs that a GraphQL query gets; those beyond are null, each with an error.</summary>
    public int MaxGraphQlObjects { get; init; } = 10_000;

    /// <summary>The most repositories that a GraphQL query may ask for; one with more is answered with 502.</summary>
    public int MaxGraphQlRepositories { get; init; } = 50;

    /// <summary>The most lookups (<see cref="RequestRecord.Lookups"/>) of a GraphQL query; one with more is answered with 502.</summary>
    public int MaxGraphQlLookups { get; init; } = 250;

    /// <summary>How long a GraphQL query that asks for too much takes to fail; GitHub takes 10 seconds.</summary>
    public TimeSpan GraphQlTimeout { get; init; }

    /// <summary>The most bytes of a file that GraphQL gives as <c>text</c>; longer ones are cut.</summary>
    public int MaxGraphQlText { get; init; } = 512_000;

    /// <summary>The most entries that the REST API lists of a tree before it calls it truncated.</summary>
    public int MaxTreeEntries { get; init; } = 100_000;

    /// <summary>Whether API answers are compressed for clients that take it.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Whether <c>POST /_log</c> tells the log and <c>POST /_log/reset</c> clears it.</summary>
    public bool LogEndpoint { get; init; }
}

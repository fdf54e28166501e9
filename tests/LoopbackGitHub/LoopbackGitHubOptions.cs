namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The options of a <see cref="LoopbackGitHubServer"/>. The defaults are GitHub's.</summary>
public sealed record LoopbackGitHubOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The only valid token. It looks like GitHub's, so that tests can search for it in output that must not contain it.</summary>
    public string Token { get; init; } = "ghp_loopback0123456789abcdefghijklmnopqrst";

    /// <summary>The minimum time of every answer. Answers wait in parallel, not one after another.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The clock for rate limits, delays, the <c>Date</c> header and the log. With a clock that stands still, every delay is endless.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The faults; can be changed later (<see cref="LoopbackGitHubServer.Faults"/>).</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Whether git can use protocol version 2; otherwise it gets version 0, as from an old server.</summary>
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

    /// <summary>The treatment of uploads without credentials; can be changed later (<see cref="LoopbackGitHubServer.GitMood"/>).</summary>
    public GitMood GitMood { get; init; }

    /// <summary>REST requests an hour without a token, all clients together.</summary>
    public int AnonymousLimit { get; init; } = 60;

    /// <summary>REST requests an hour with the token.</summary>
    public int TokenLimit { get; init; } = 5000;

    /// <summary>GraphQL points an hour.</summary>
    public int GraphQlLimit { get; init; } = 5000;

    /// <summary>The most nodes that a GraphQL query may ask for: those of its connections, and each repository, ref and object as one.</summary>
    public int MaxGraphQlNodes { get; init; } = 500_000;

    /// <summary>The most git objects and refs that a GraphQL query gets; further ones are null, each with an error.</summary>
    public int MaxGraphQlObjects { get; init; } = 10_000;

    /// <summary>The most repositories that a GraphQL query may ask for; one with more is answered with 502.</summary>
    public int MaxGraphQlRepositories { get; init; } = 50;

    /// <summary>The most lookups (<see cref="RequestRecord.Lookups"/>) of a GraphQL query; one with more is answered with 502.</summary>
    public int MaxGraphQlLookups { get; init; } = 250;

    /// <summary>The time until a GraphQL query that asks for too much fails; GitHub takes 10 seconds.</summary>
    public TimeSpan GraphQlTimeout { get; init; }

    /// <summary>The most bytes of a file that GraphQL gives as <c>text</c>; longer ones are cut.</summary>
    public int MaxGraphQlText { get; init; } = 512_000;

    /// <summary>The most entries of a tree that the REST API lists before it marks the answer as truncated.</summary>
    public int MaxTreeEntries { get; init; } = 100_000;

    /// <summary>Whether API answers are compressed for clients that accept it.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Whether <c>POST /_log</c> returns the log and <c>POST /_log/reset</c> clears it.</summary>
    public bool LogEndpoint { get; init; }
}

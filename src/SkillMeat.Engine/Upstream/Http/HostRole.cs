namespace SkillMeat.Upstream.Http;

/// <summary>What a request's host is to us; it decides how a token is presented.</summary>
internal enum HostRole
{
    /// <summary>Anything else, such as a download host: never gets a token.</summary>
    Other,

    /// <summary>A GitHub's REST interface: the token as <c>Bearer</c>.</summary>
    Api,

    /// <summary>A GitHub's GraphQL interface: the token as <c>Bearer</c>.</summary>
    GraphQL,

    /// <summary>git's list of refs, a GET of its smart HTTP: the token as the password of <c>x-access-token</c>.</summary>
    Git,

    /// <summary>git's questions and objects, a POST of its smart HTTP: the token as for <see cref="Git"/>, but limits of its own.</summary>
    GitObjects,
}

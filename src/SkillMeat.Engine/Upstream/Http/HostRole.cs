namespace SkillMeat.Upstream.Http;

/// <summary>The role of a request's host, which determines how the token is sent.</summary>
internal enum HostRole
{
    /// <summary>Any other host, such as a download host. It never receives the token.</summary>
    Other,

    /// <summary>The REST API of a GitHub server, with a <c>Bearer</c> token.</summary>
    Api,

    /// <summary>The GraphQL API of a GitHub server, with a <c>Bearer</c> token.</summary>
    GraphQL,

    /// <summary>The refs of git's smart HTTP (GET), with the token as the password of <c>x-access-token</c>.</summary>
    Git,

    /// <summary>The requests and objects of git's smart HTTP (POST), with the token as for <see cref="Git"/> but separate limits.</summary>
    GitObjects,
}

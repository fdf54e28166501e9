namespace SkillMeat.Tests.Refresh;

/// <summary>The way to query the loopback GitHub.</summary>
public enum Access
{
    /// <summary>With a token: GraphQL.</summary>
    Token,

    /// <summary>Without a token: git's smart HTTP.</summary>
    Anonymous,

    /// <summary>Without a token, and the server supports only protocol version 0.</summary>
    OldGit,

    /// <summary>Without a token, and the server cannot filter blobs out of a pack.</summary>
    NoFilter,
}

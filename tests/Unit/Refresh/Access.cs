namespace SkillMeat.Tests.Refresh;

/// <summary>How the loopback GitHub is asked.</summary>
public enum Access
{
    /// <summary>With a token: GraphQL.</summary>
    Token,

    /// <summary>Without: git's smart HTTP.</summary>
    Anonymous,

    /// <summary>Without, and the server speaks protocol version 0 only.</summary>
    OldGit,

    /// <summary>Without, and the server can't leave blobs out of a pack.</summary>
    NoFilter,
}

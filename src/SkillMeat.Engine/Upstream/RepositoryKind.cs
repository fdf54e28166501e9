namespace SkillMeat.Upstream;

/// <summary>How a repository is asked.</summary>
internal enum RepositoryKind
{
    /// <summary>On a GitHub (github.com or the configured one): GraphQL and REST with a token, git's smart HTTP without.</summary>
    GitHub,

    /// <summary>On another git host: git's smart HTTP.</summary>
    Git,

    /// <summary>A folder on this machine.</summary>
    Folder,
}

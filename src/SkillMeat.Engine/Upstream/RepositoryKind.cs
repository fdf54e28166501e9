namespace SkillMeat.Upstream;

/// <summary>The kind of a repository, which determines how it is queried.</summary>
internal enum RepositoryKind
{
    /// <summary>A repository on GitHub (github.com or the configured server): GraphQL and REST with a token, git's smart HTTP without one.</summary>
    GitHub,

    /// <summary>A repository on another git host: git's smart HTTP.</summary>
    Git,

    /// <summary>A folder on this machine.</summary>
    Folder,
}

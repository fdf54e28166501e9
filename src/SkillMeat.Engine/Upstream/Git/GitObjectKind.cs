namespace SkillMeat.Upstream.Git;

/// <summary>The kinds of git objects, numbered as in a pack (gitformat-pack).</summary>
internal enum GitObjectKind
{
    Commit = 1,
    Tree = 2,
    Blob = 3,
    Tag = 4,
}

namespace SkillMeat.Upstream;

/// <summary>The entries of a container folder.</summary>
/// <param name="Question">Which container.</param>
/// <param name="Commit">The commit at which it was looked at.</param>
/// <param name="Entries">Its entries.</param>
internal sealed record ContainerAnswer(ContainerQuestion Question, string Commit, IReadOnlyList<TreeItem> Entries);

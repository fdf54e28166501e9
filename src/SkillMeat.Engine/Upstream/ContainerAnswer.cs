namespace SkillMeat.Upstream;

/// <summary>The entries of a container folder.</summary>
/// <param name="Question">The container that was asked for.</param>
/// <param name="Commit">The commit at which the entries were listed.</param>
/// <param name="Entries">The entries.</param>
internal sealed record ContainerAnswer(ContainerQuestion Question, string Commit, IReadOnlyList<TreeItem> Entries);

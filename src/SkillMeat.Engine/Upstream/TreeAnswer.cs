using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>The complete tree of a repository, or the error that prevented listing it.</summary>
/// <param name="Question">The repository and commit that were asked for.</param>
/// <param name="Items">Every file and folder below the root.</param>
/// <param name="IsComplete">Whether the list is complete; false if upstream truncated it.</param>
/// <param name="Error">The reason that there is no list; null if there was no error.</param>
internal sealed record TreeAnswer(TreeQuestion Question, IReadOnlyList<TreeItem> Items, bool IsComplete, UpstreamException? Error)
{
    /// <summary>The id that upstream gives the list, which is that of the commit or of its tree; null if it gives none.</summary>
    public string? Id { get; init; }
}

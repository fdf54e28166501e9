using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>The whole tree of a repository, or why it could not be listed.</summary>
/// <param name="Question">Which repository and commit.</param>
/// <param name="Items">Every file and folder below the root.</param>
/// <param name="IsComplete">False when upstream cut the list.</param>
/// <param name="Error">Why there is no list.</param>
internal sealed record TreeAnswer(TreeQuestion Question, IReadOnlyList<TreeItem> Items, bool IsComplete, UpstreamException? Error);

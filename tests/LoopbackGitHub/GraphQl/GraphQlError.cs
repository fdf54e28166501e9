namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>One entry of <c>errors</c>.</summary>
/// <param name="Message">The problem, in GitHub's words.</param>
internal sealed record GraphQlError(string Message)
{
    /// <summary>GitHub's kind, such as <c>NOT_FOUND</c>; validation errors have a <see cref="Code"/> instead.</summary>
    public string? Type { get; init; }

    /// <summary>Names of fields as answered, and positions in lists.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>An offset into the text.</summary>
    public int? Position { get; init; }

    /// <summary>The kind of a validation error.</summary>
    public string? Code { get; init; }

    /// <summary>The other members of <c>extensions</c>: texts and truth values.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Extensions { get; init; } = [];
}

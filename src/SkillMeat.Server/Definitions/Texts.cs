using SkillMeat.Errors;
using SkillMeat.Server.Answers;

namespace SkillMeat.Server.Definitions;

/// <summary>Checks lists of texts in bodies.</summary>
internal static class Texts
{
    /// <exception cref="SkillMeatException">One of them is null.</exception>
    public static IReadOnlyList<string> Check(string name, IReadOnlyList<string?> texts) =>
        texts.Contains(null) ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{name} has a null. Each item is a text.") : [.. BodyValue.CheckLengths(name, texts).OfType<string>()];

    /// <exception cref="SkillMeatException">There are none, or one of them is null.</exception>
    public static IReadOnlyList<string> CheckSome(string name, IReadOnlyList<string?>? texts) =>
        texts is { Count: > 0 } ? Check(name, texts) : throw new SkillMeatException(ErrorIds.InvalidArgument, $"{name} is missing: send {{\"{name}\": [\"…\"]}}.");
}

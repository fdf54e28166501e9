using SkillMeat.Errors;

namespace SkillMeat.Updates;

/// <summary>The names of the update strategies on command lines and in configurations.</summary>
public static class UpdateStrategyNames
{
    private static readonly (UpdateStrategy Strategy, string Name)[] _all =
    [
        (UpdateStrategy.TakeUpstream, "take-upstream"), (UpdateStrategy.KeepLocal, "keep-local"), (UpdateStrategy.Merge, "merge"), (UpdateStrategy.Prompt, "prompt"),
    ];

    /// <summary>The names, in the order in which help texts list them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. _all.Select(one => one.Name)];

    /// <summary>Reads a strategy in any case, with <c>-</c> or <c>_</c>.</summary>
    /// <param name="text">The name.</param>
    /// <param name="strategy">The strategy, or merge if there is none of that name.</param>
    /// <returns>True if there is such a strategy.</returns>
    public static bool TryParse(string? text, out UpdateStrategy strategy)
    {
        var name = text?.Replace('_', '-');
        var found = Array.FindIndex(_all, one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        strategy = found < 0 ? UpdateStrategy.Merge : _all[found].Strategy;
        return found >= 0;
    }

    /// <summary>Reads a strategy as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The name.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: there is no such strategy; the message lists the valid names.</exception>
    public static UpdateStrategy Parse(string text) => TryParse(text, out var strategy)
        ? strategy
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not an update strategy. Valid ones: {string.Join(", ", All)}.");
}

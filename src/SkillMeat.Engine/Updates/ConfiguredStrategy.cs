using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Updates;

/// <summary>The strategy of an update for which nobody names one: <c>update-strategy</c> under <c>[settings]</c> in <c>config.toml</c>, else merge.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Warning">Why it is not the one that is configured; null when it is.</param>
/// <remarks>Immutable.</remarks>
public sealed record ConfiguredStrategy(UpdateStrategy Strategy, string? Warning)
{
    /// <summary>What is said where a prompt is configured, and nobody can be asked.</summary>
    public const string NobodyToAsk = "'update-strategy' in config.toml is 'prompt', and nobody can be asked here; local edits are merged.";

    /// <summary>Finds it out.</summary>
    /// <param name="store">The home.</param>
    /// <param name="canAsk">Whether a person can be asked about each artifact.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="DataFileException"><c>config.toml</c> can't be read.</exception>
    public static ConfiguredStrategy Of(CollectionStore store, bool canAsk)
    {
        if (store.ReadConfig().UpdateStrategy is not { } text) return new ConfiguredStrategy(UpdateStrategy.Merge, Warning: null);
        if (!UpdateStrategyNames.TryParse(text, out var strategy))
        {
            return new ConfiguredStrategy(UpdateStrategy.Merge, $"'update-strategy' in config.toml is '{text}', which is none of {string.Join(", ", UpdateStrategyNames.All)}; local edits are merged.");
        }

        return strategy == UpdateStrategy.Prompt && !canAsk
            ? new ConfiguredStrategy(UpdateStrategy.Merge, NobodyToAsk)
            : new ConfiguredStrategy(strategy, Warning: null);
    }
}

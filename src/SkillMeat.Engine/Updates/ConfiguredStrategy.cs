using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Updates;

/// <summary>The default strategy of updates: <c>update-strategy</c> under <c>[settings]</c> in <c>config.toml</c>, else merge.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Warning">The reason why it is not the configured strategy; null if it is.</param>
/// <remarks>Immutable.</remarks>
public sealed record ConfiguredStrategy(UpdateStrategy Strategy, string? Warning)
{
    /// <summary>The warning if a prompt is configured and there is no console.</summary>
    public const string NobodyToAsk = "'update-strategy' in config.toml is 'prompt', but there is no console; local edits are merged.";

    /// <summary>Reads the default strategy.</summary>
    /// <param name="store">The home.</param>
    /// <param name="canAsk">Whether the caller can prompt.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="DataFileException"><c>config.toml</c> cannot be read.</exception>
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

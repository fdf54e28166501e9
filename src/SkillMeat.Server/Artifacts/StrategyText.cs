using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Updates;

namespace SkillMeat.Server.Artifacts;

/// <summary>Reads the strategy of an update out of a body.</summary>
internal static class StrategyText
{
    /// <summary>Returns the strategy; without one, that of the settings.</summary>
    /// <exception cref="SkillMeatException">There is no such strategy, or it asks at a console.</exception>
    public static UpdateStrategy Read(CollectionStore store, string? text)
    {
        if (text is null) return ConfiguredStrategy.Of(store, canAsk: false).Strategy;
        var strategy = UpdateStrategyNames.Parse(text);
        return strategy == UpdateStrategy.Prompt ? throw new SkillMeatException(ErrorIds.InvalidArgument, "The strategy 'prompt' asks at a console. Use take-upstream, keep-local or merge.") : strategy;
    }
}

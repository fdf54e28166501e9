using System.Collections;
using SkillMeat.Cache.Marketplaces;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of a registered marketplace.</summary>
public sealed class MarketplaceCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => new MarketplaceRegistry(OpenHome(bound)).FindNames([]).Select(name => new Candidate(name, name));
}

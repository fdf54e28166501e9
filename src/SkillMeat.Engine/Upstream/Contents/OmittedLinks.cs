namespace SkillMeat.Upstream.Contents;

/// <summary>The links and submodules that were left out, each of them once and only the first ones by name: a hostile repository has any number of them.</summary>
internal sealed class OmittedLinks
{
    private const int MostNamed = 20;

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private int _others;

    /// <summary>One sentence for each, and one for those that are not named.</summary>
    public IReadOnlyList<string> Warnings => _others == 0 ? _warnings : [.. _warnings, $"More links or submodules were left out: {_others}."];

    /// <summary>Adds one.</summary>
    /// <param name="warning">The sentence about it.</param>
    public void Add(string warning)
    {
        if (_named.Contains(warning)) return;
        if (_named.Count == MostNamed)
        {
            _others++;
            return;
        }

        _named.Add(warning);
        _warnings.Add(warning);
    }
}

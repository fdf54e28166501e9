using System.CommandLine;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary>The options that select a part of a long list.</summary>
internal sealed class PageOptions
{
    private readonly Option<int> _skip = new("--skip") { Description = "Number of snapshots to skip, from the newest.", HelpName = "N" };
    private readonly Option<int> _take;

    /// <param name="take">The name of the option that limits the list.</param>
    /// <param name="aliases">Its other names.</param>
    public PageOptions(string take, params string[] aliases)
    {
        _take = new Option<int>(take, aliases) { Description = "Number of snapshots to list at most.", HelpName = "N", DefaultValueFactory = _ => SnapshotPage.DefaultLength };
    }

    public IReadOnlyList<Symbol> All => [_skip, _take];

    /// <exception cref="SkillMeatException">A number is negative.</exception>
    public (int Skip, int Take) Read(ParseResult parsed)
    {
        var (skip, take) = (parsed.GetValue(_skip), parsed.GetValue(_take));
        return skip >= 0 && take >= 0 ? (skip, take) : throw new SkillMeatException(ErrorIds.InvalidArgument, $"{_skip.Name} and {_take.Name} must be 0 or more.");
    }
}

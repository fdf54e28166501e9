using System.CommandLine;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary>The options by which commands show a part of a long list.</summary>
internal sealed class PageOptions
{
    private readonly Option<int> _skip = new("--skip") { Description = "How many of the newest to skip.", HelpName = "N" };
    private readonly Option<int> _take;

    /// <param name="take">What the option is called that limits the list.</param>
    /// <param name="aliases">What else it is called.</param>
    public PageOptions(string take, params string[] aliases)
    {
        _take = new Option<int>(take, aliases) { Description = "How many to list at most.", HelpName = "N", DefaultValueFactory = _ => SnapshotPage.DefaultLength };
    }

    public IReadOnlyList<Symbol> All => [_skip, _take];

    /// <exception cref="SkillMeatException">A negative number was given.</exception>
    public (int Skip, int Take) Read(ParseResult parsed)
    {
        var (skip, take) = (parsed.GetValue(_skip), parsed.GetValue(_take));
        return skip >= 0 && take >= 0 ? (skip, take) : throw new SkillMeatException(ErrorIds.InvalidArgument, $"{_skip.Name} and {_take.Name} take a number from 0.");
    }
}

using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using Spectre.Console;

namespace SkillMeat.Cli;

/// <summary>Chooses the artifacts to add from those that repositories and folders contain.</summary>
internal sealed class AddSelection(CommandRun run, ArtifactBrowser browser)
{
    private const int NamesInMessages = 10;
    private const int LinesOfPrompt = 15;

    /// <summary>The patterns of the names to add. Empty for all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>The types to add. Empty for all.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Returns all artifacts of the sources that match.</summary>
    /// <exception cref="SkillMeatException">A source cannot be listed, or nothing in it matches.</exception>
    public async Task<IReadOnlyList<ArtifactAddition>> FindAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        using var progress = run.ShowProgress("Listing…");
        try
        {
            return await browser.SelectAsync(RequestOf(sources), [.. Include.Select(NamePattern.Simple)], cancellationToken);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactNotFound)
        {
            throw new NotInSourceException(e);
        }
    }

    /// <summary>
    /// Returns the artifacts of repositories or folders that the user chooses. One that is an artifact as a whole needs no choice, nor does a skill that is named as <c>owner/repo@name</c>. All are listed in one batch.
    /// </summary>
    /// <exception cref="SkillMeatException">The source cannot be listed, or there is a choice and nobody to ask.</exception>
    /// <param name="sources">The repositories or folders.</param>
    /// <param name="isOnly">Whether nothing else is added, so that a problem is one of the command.</param>
    /// <param name="cancellationToken">Cancels the queries and the prompt.</param>
    /// <returns>The artifacts by source.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ArtifactAddition>>> ChooseAsync(IReadOnlyList<string> sources, bool isOnly, CancellationToken cancellationToken)
    {
        var chosen = new Dictionary<string, IReadOnlyList<ArtifactAddition>>(StringComparer.Ordinal);
        if (sources.Count == 0) return chosen;
        foreach (var source in await BrowseAsync(sources, cancellationToken))
        {
            try
            {
                chosen[source.Source] = await ChooseAsync(source, cancellationToken);
            }
            catch (SkillMeatException e) when (!isOnly)
            {
                chosen[source.Source] = [new ArtifactAddition(source.Source) { Problem = e }];
            }
        }

        return chosen;
    }

    private async Task<IReadOnlyList<ArtifactAddition>> ChooseAsync(BrowsedSource browsed, CancellationToken cancellationToken)
    {
        var (source, found) = (browsed.Source, browsed.Artifacts);
        var itself = new ArtifactAddition(source) { Type = Types is [var only] ? only.Name : null };
        if (browsed.Problem is { } problem) return problem.ErrorId == ErrorIds.UpstreamNotFound && source.Contains('@', StringComparison.Ordinal) ? [itself] : throw problem;
        // The source as a whole may be an artifact of a type that is only recognized by its content.
        if (found.Count == 0) return [itself];
        if (found is [var single] && IsFolderCalledTree(source, single.Path)) return [single.ToAddition()];
        if (found.FirstOrDefault(one => one.Path.Length == 0) is { } whole && (found.Count == 1 || Types.Count > 0)) return [whole.ToAddition()];
        var missing = found.Where(one => one.State == UpstreamArtifactState.New).ToList();
        // There is no choice, and they are reported as unchanged.
        if (missing.Count == 0) return [.. found.Select(one => one.ToAddition())];
        if (!run.CanPrompt) throw new SkillMeatException(ErrorIds.InvalidArgument, $"{source} contains {Names(found)}. Use --all, choose some with --include PATTERN, or name the path of one.");
        return [.. (await AskAsync(source, missing, cancellationToken)).Select(one => one.ToAddition())];
    }

    // 'owner/repo/tree/x' can name the folder 'tree/x'.
    private static bool IsFolderCalledTree(string source, string path) =>
        (path.StartsWith("tree/", StringComparison.Ordinal) || path.StartsWith("blob/", StringComparison.Ordinal)) && source.EndsWith($"/{path}", StringComparison.Ordinal);

    private async Task<List<UpstreamArtifact>> AskAsync(string source, List<UpstreamArtifact> missing, CancellationToken cancellationToken)
    {
        var prompt = new MultiSelectionPrompt<UpstreamArtifact>()
            .Title(Markup.Escape(Output.PlainText.OnOneLine($"Add from {source}:")))
            .UseConverter(one => Markup.Escape(Output.PlainText.OnOneLine(one.Description is null ? one.ArtifactId : $"{one.ArtifactId}  {Output.ShortTexts.Value(one.Description)}")))
            .NotRequired()
            .PageSize(LinesOfPrompt)
            .AddChoices(missing);
        var terminal = run.OpenPrompt();
        try
        {
            return await prompt.ShowAsync(terminal, cancellationToken);
        }
        finally
        {
            // The prompt hides it, and shows it again only after a choice.
            terminal.Cursor.Show(true);
        }
    }

    private BrowseRequest RequestOf(IReadOnlyList<string> sources) => new() { Sources = sources, Types = Types, Collection = Collection, BaseFolder = CommandRun.CurrentFolder };

    private async Task<IReadOnlyList<BrowsedSource>> BrowseAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        using var progress = run.ShowProgress("Listing…");
        return await browser.BrowseEachAsync(RequestOf(sources), cancellationToken);
    }

    private static string Names(IReadOnlyList<UpstreamArtifact> found)
    {
        var shown = string.Join(", ", found.Take(NamesInMessages).Select(one => one.ArtifactId));
        return found.Count <= NamesInMessages ? shown : $"{shown} and {found.Count - NamesInMessages} more";
    }
}

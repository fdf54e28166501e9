using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Storage;

/// <summary>Processes create and remove the journal folder concurrently.</summary>
public sealed class JournalFolderRaceTests
{
    [Fact]
    public async Task A_journal_folder_that_goes_while_it_is_made_is_made_again()
    {
        using var home = TempHome.WithScenario();
        var hits = 0;
        await Scenario.RunAsync(home.Path, new Faults((_, step, path) =>
        {
            // The exception of the runtime if the folder existed at its first check and was gone at its second.
            if (step == StorageStep.CreateFolder && path.EndsWith(".transactions", StringComparison.Ordinal) && ++hits == 1) throw new IOException($"The file '{path}' already exists.", 17);
        }), TestContext.Current.CancellationToken);
        Assert.Equal("new manifest", await File.ReadAllTextAsync(home.At("collections", "default", "collection.toml"), TestContext.Current.CancellationToken));
        Assert.Equal(2, hits);
    }
}

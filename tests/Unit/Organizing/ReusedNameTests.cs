using SkillMeat.Organizing;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Tests.Projects;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>Deployments find their collection although its name was used for several, and their project was away.</summary>
public sealed class ReusedNameTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_that_was_away_finds_the_collection_again_after_several_renames()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        Directory.Move(scene.Project, scene.Project + " away");
        foreach (var name in new[] { "one", "two", "three" }) await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = name }, Cancellation);
        Directory.Move(scene.Project + " away", scene.Project);

        Assert.Contains("from_collection = \"default\"", await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
        await File.AppendAllTextAsync(Path.Combine(scene.Store.Read().Folder, "skills", "notes", "SKILL.md"), "more\n", Cancellation);
        Assert.Equal(DriftState.Outdated, scene.Drift()["skill:notes claude_code"]);
        Assert.Equal(["skill:notes claude_code Updated"], await scene.DeployAsync(scene.Request("notes")));
        Assert.Contains("from_collection = \"three\"", await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);

        // A new collection of the old name is what the name means then.
        await scene.Store.CreateAsync("two", _patience, Cancellation);
        Assert.Equal("two", scene.Store.CurrentNameOf("two"));
        Assert.Equal("three", scene.Store.CurrentNameOf("one"));
        await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "default" }, Cancellation);
        Assert.Equal(("default", "default"), (scene.Store.CurrentNameOf("default"), scene.Store.CurrentNameOf("three")));
    }

    [Theory]
    [InlineData("new")]
    [InlineData("later")]
    [InlineData("deleted")]
    [InlineData("swapped")]
    public async Task A_project_that_was_away_is_not_taken_for_one_of_a_new_collection_of_the_old_name(string then)
    {
        using var scene = await ProjectScene.StartAsync();
        var here = Directory.CreateDirectory(Path.Combine(scene.Place, "here")).FullName;
        await scene.Store.CreateAsync("work", _patience, Cancellation);
        await new ArtifactTransfer(scene.Store, scene.Environment).CopyAsync(new TransferRequest { Artifacts = ["notes"], Destination = "work" }, Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Projects = [scene.Project, here] });
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project, here], _patience, cancellationToken: Cancellation);
        Directory.Move(scene.Project, scene.Project + " away");
        await RenameAsync(scene, "default", "team");
        if (then == "later") await RenameAsync(scene, "team", "crew");
        if (then == "deleted") await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "team" }, Cancellation);
        // Another collection gets the old name, and has an artifact of the same name.
        await RenameAsync(scene, "work", "default");
        if (then == "swapped") await RenameAsync(scene, "team", "work");
        Directory.Move(scene.Project + " away", scene.Project);

        var (name, state) = then switch
        {
            "later" => ("crew", DriftState.InSync),
            "deleted" => ("team", DriftState.Orphaned),
            "swapped" => ("work", DriftState.InSync),
            _ => ("team", DriftState.InSync),
        };
        foreach (var project in new[] { scene.Project, here })
        {
            var drift = Assert.Single(new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [project], IncludeInSync = true }, Cancellation).Artifacts);
            Assert.Equal((name, state), (drift.Collection, drift.State));
        }

        // A deployment of the new collection is one.
        await scene.DeployAsync(scene.Request("notes") with { Collection = "default", Force = true });
        Assert.Equal("default", Assert.Single(new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation).Artifacts).Collection);
    }

    [Fact]
    public async Task A_new_collection_of_an_earlier_name_keeps_its_deployments_when_it_is_renamed_again()
    {
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes"));
        foreach (var name in new[] { "one", "default", "two", "one", "default" })
        {
            await RenameAsync(scene, scene.Store.ActiveCollection, name);
            var drift = Assert.Single(new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation).Artifacts);
            Assert.Equal((name, DriftState.InSync), (drift.Collection, drift.State));
        }
    }

    // The record names the collection since its rename, so an earlier rename of another collection from that name is none of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deployment_follows_its_collection_to_a_name_that_another_one_had(bool isMoved)
    {
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.Store.CreateAsync("work", _patience, Cancellation);
        await scene.DeployAsync(scene.Request("notes"));
        Directory.Move(scene.Project, scene.Project + " away");
        await RenameAsync(scene, "work", "old");
        Directory.Move(scene.Project + " away", scene.Project);
        await new ArtifactTransfer(scene.Store, scene.Environment).CopyAsync(new TransferRequest { Artifacts = ["notes"], Destination = "old" }, Cancellation);
        if (isMoved)
        {
            await scene.Store.CreateAsync("work", _patience, Cancellation);
            await new ArtifactTransfer(scene.Store, scene.Environment).MoveAsync(new TransferRequest { Artifacts = ["notes"], Destination = "work" }, Cancellation);
        }
        else
        {
            await RenameAsync(scene, "default", "work");
        }

        Assert.Equal(("work", DriftState.InSync), Checked());
        Directory.Move(scene.Project, scene.Project + " away");
        await RenameAsync(scene, "work", "last");
        Directory.Move(scene.Project + " away", scene.Project);
        Assert.Equal(("last", DriftState.InSync), Checked());

        (string?, DriftState) Checked()
        {
            var drift = Assert.Single(new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation).Artifacts);
            return (drift.Collection, drift.State);
        }
    }

    private static Task<RenamedCollection> RenameAsync(ProjectScene scene, string from, string to) => Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = from, NewName = to }, Cancellation);

    private static CollectionOrganizer Organizer(ProjectScene scene) => new(scene.Store, scene.Environment);
}

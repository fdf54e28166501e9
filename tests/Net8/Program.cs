using System.Runtime.InteropServices;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Snapshots;
using SkillMeat.Updates;
using SkillMeat.Upstream;

// Runs the engine's operations on a home, one after another, and prints the result of each.
var patience = TimeSpan.FromSeconds(30);
var store = CollectionStore.Open(args[0]);
using var session = UpstreamSession.Create(store, new UpstreamSessionOptions());
var refresher = new CollectionRefresher(store, session);
var snapshots = new CollectionSnapshots(store);
Console.WriteLine($"runtime {RuntimeInformation.FrameworkDescription}");

var check = await refresher.CheckAsync(new RefreshRequest());
Console.WriteLine($"check {check.HasUpdates} {check.HasErrors}");

var refresh = await refresher.RefreshAsync(new RefreshRequest());
Console.WriteLine($"refresh {refresh.Summary.RefreshedCount} {refresh.Summary.ErrorCount}");

var update = await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest { Strategy = UpdateStrategy.TakeUpstream });
Console.WriteLine($"update {string.Join(' ', update.Entries.Select(entry => $"{entry.ArtifactId}:{entry.Status}"))}");

var snapshot = await snapshots.TakeAsync(null, "after the update", patience);
Console.WriteLine($"snapshot {snapshot.ArtifactCount}");

Directory.Delete(Path.Combine(store.Read().Folder, "skills"), recursive: true);
var restored = await snapshots.RestoreAsync(null, snapshot.SnapshotId, [], patience);
Console.WriteLine($"restore {restored.SnapshotId == snapshot.SnapshotId}");

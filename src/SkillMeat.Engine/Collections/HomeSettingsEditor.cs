using SkillMeat.Errors;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Collections;

/// <summary>Reads and edits the settings of a home. Comments and other keys of <c>config.toml</c> stay as they are.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class HomeSettingsEditor
{
    private readonly CollectionStore _store;

    /// <summary>Creates an editor.</summary>
    /// <param name="store">The home.</param>
    public HomeSettingsEditor(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Reads the settings.</summary>
    /// <returns>The settings.</returns>
    /// <exception cref="DataFileException"><c>config.toml</c> cannot be read.</exception>
    public HomeSettings Read() => _store.ReadConfig().ReadSettings();

    /// <summary>Changes settings in one transaction, if they are still as the caller saw them.</summary>
    /// <param name="edit">The changes.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="expects">Checks the settings under the lock; null for any.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>A task that completes when the change is committed.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>: there is no such collection. <see cref="ErrorIds.InvalidArgument"/>: a number is negative, or a text is empty. <see cref="ErrorIds.StaleEdit"/>: the
    /// settings are not the expected ones. Nothing was changed.
    /// </exception>
    public async Task EditAsync(SettingsEdit edit, TimeSpan lockTimeout, Predicate<HomeSettings>? expects = null, CancellationToken cancellationToken = default)
    {
        if (edit.KeepAutomaticSnapshots < 0 || edit.MarketplaceHours < 0) throw new SkillMeatException(ErrorIds.InvalidArgument, "The numbers of snapshots and hours cannot be negative.");
        if (edit.ActiveCollection == "" || edit.UpdateStrategy == "") throw new SkillMeatException(ErrorIds.InvalidArgument, "A setting is empty. Leave it out to keep it as it is.");
        if (edit.ActiveCollection is { } active) _store.CheckExists(active);
        var path = _store.Layout.ConfigFile;
        using var held = await _store.Storage.LockAsync([CollectionStore.HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        // It can have got another name while waiting for the lock.
        if (edit.ActiveCollection is { } stillActive) _store.CheckExists(stillActive);
        var bytes = _store.Storage.ReadConsistent([path], cancellationToken)[0];
        var config = HomeConfig.Parse(bytes, path);
        if (expects?.Invoke(config.ReadSettings()) == false) throw new SkillMeatException(ErrorIds.StaleEdit, "The settings were changed meanwhile, so nothing was done. Read them again, and repeat the change.");
        var edited = config.With(edit);
        if (bytes is null ? edited.Length == 0 : edited.AsSpan().SequenceEqual(bytes)) return;
        var change = _store.Storage.Begin(held);
        change.Write(path, edited, FileExpectation.Of(bytes));
        change.Commit(cancellationToken);
    }
}

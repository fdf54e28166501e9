# Loads the module's assemblies into a load context of their own: another module may use other versions of the same libraries.
# Only the loader itself is in PowerShell's context. It depends on .NET only.
$bin = [System.IO.Path]::Combine($PSScriptRoot, 'bin')
$loader = 'SkillMeat.Loader.ModuleLoadContext' -as [type]
if (-not $loader) {
    $loader = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($bin, 'SkillMeat.Loader.dll')).GetType('SkillMeat.Loader.ModuleLoadContext', $true)
}

$cmdlets = Import-Module -Assembly $loader::Load($bin, 'SkillMeat.Cmdlets') -PassThru

# PowerShell exports nothing from an assembly that it still lists as imported, so a second import would be empty.
$SessionRefreshes = $null
$ExecutionContext.SessionState.Module.OnRemove = {
    # Start-SkmBackgroundRefresh keeps here what it started.
    if ($SessionRefreshes) { $SessionRefreshes.Dispose() }
    Remove-Module -ModuleInfo $cmdlets
}

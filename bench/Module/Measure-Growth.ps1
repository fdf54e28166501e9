# Runs each operation on a home that has many artifacts, in one process of PowerShell. Prints a line each: name=milliseconds.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $SkillMeatHome,
    [Parameter(Mandatory)] [string] $NewSkill,
    [Parameter(Mandatory)] [string] $OneName,
    [Parameter(Mandatory)] [int] $Artifacts
)

$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
# Whoever forgets the parameter must not get at the home of the user.
$env:SKILLMEAT_HOME = $SkillMeatHome
$common = @{ SkillMeatHome = $SkillMeatHome }
function Measure-Work([string] $Name, [scriptblock] $Work) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $null = . $Work
    "$Name=$($watch.Elapsed.TotalMilliseconds)"
}

Import-Module $ModulePath
# The first call of a session loads and compiles, however many artifacts there are.
$null = Get-SkmArtifact @common -Name $OneName
Measure-Work 'Get-SkmArtifact' { Get-SkmArtifact @common }
Measure-Work 'Get-SkmArtifact -Name' { Get-SkmArtifact @common -Name $OneName }
Measure-Work 'Add-SkmArtifact, one' { Add-SkmArtifact @common -Spec $NewSkill -Type skill }
Measure-Work 'Remove-SkmArtifact, one' { Remove-SkmArtifact @common -Name $OneName -Force }
Measure-Work 'New-SkmSnapshot, after a change' { New-SkmSnapshot @common }
Measure-Work 'Test-SkmSnapshot' { Test-SkmSnapshot @common }
Measure-Work 'Repair-SkmHome' { Repair-SkmHome @common }
Measure-Work 'Invoke-SkmCollectionRefresh -CheckOnly' { Invoke-SkmCollectionRefresh @common -CheckOnly }
Measure-Work 'Update-SkmArtifact, none changes' { Update-SkmArtifact @common -Name '*' }
Measure-Work 'Remove-SkmArtifact, half, from the pipeline' { Get-SkmArtifact @common | Select-Object -First ($Artifacts / 2) | Remove-SkmArtifact @common -Force }
$left = @(Get-SkmArtifact @common).Count
if ($left -ne $Artifacts - $Artifacts / 2) { throw "$left artifacts are left." }

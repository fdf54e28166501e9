# Prints what one process of PowerShell measures, a line each: name=milliseconds.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $EmptyModulePath,
    [Parameter(Mandatory)] [string] $SkillMeatHome,
    [int] $Calls = 5
)

$ErrorActionPreference = 'Stop'
function Measure-Work([scriptblock] $Work) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $null = . $Work
    $watch.Elapsed.TotalMilliseconds
}

$script:summary = $null
$check = { $script:summary = Invoke-SkmCollectionRefresh -CheckOnly -Summary -SkillMeatHome $SkillMeatHome }
# Import-Module itself is compiled by the first import, whatever it imports.
"empty=$(Measure-Work { Import-Module $EmptyModulePath })"
"module=$(Measure-Work { Import-Module $ModulePath })"
"get=$(Measure-Work { Get-SkmArtifact -SkillMeatHome $SkillMeatHome -Name 'none*' -ErrorAction Ignore })"
foreach ($call in @('first') + @('later') * $Calls) {
    $whole = Measure-Work $check
    "whole-$call=$whole"
    "$call=$($whole - $summary.Duration.TotalMilliseconds)"
}

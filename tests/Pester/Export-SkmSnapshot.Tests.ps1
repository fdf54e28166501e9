#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Export-SkmSnapshot' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:taken = New-SkmSnapshot 'before experiments' -SkillMeatHome $sample
    }

    It 'writes a tarball that holds the collection' {
        $target = Join-Path $TestDrive 'named.tar.gz'
        $export = Export-SkmSnapshot -Id $taken.Id -Path $target -SkillMeatHome $sample
        $export.Path | Should -Be $target
        $export.IsListed | Should -BeFalse
        $export.SizeBytes | Should -Be (Get-Item -LiteralPath $target).Length
        $unpacked = Join-Path $TestDrive 'unpacked'
        $null = New-Item -Path $unpacked -ItemType Directory
        & tar xzf $target -C $unpacked
        Get-HomeState -Path (Join-Path $unpacked 'default') | Should -Be (Get-HomeState -Path (Join-Path $sample 'collections/default'))
    }

    It 'takes a path that is relative to the location' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Export-SkmSnapshot $taken.Id relative.tar.gz -SkillMeatHome $sample).Path | Should -Be (Join-Path $TestDrive 'relative.tar.gz')
        }
        finally {
            Pop-Location
        }
    }

    It 'puts it where Python SkillMeat looks, and lists it there' {
        $export = $taken | Export-SkmSnapshot -SkillMeatHome $sample
        $export.IsListed | Should -BeTrue
        $export.Path | Should -Be (Join-Path $sample "snapshots/default/$($taken.Id).tar.gz")
        Get-Content -LiteralPath (Join-Path $sample 'snapshots/default/snapshots.toml') -Raw | Should -BeLike "*$($taken.Id)*before experiments*"
        @(Get-SkmSnapshot -SkillMeatHome $sample).Count | Should -Be 1
    }

    It 'replaces no file, and takes no place that is no file system' {
        $target = Join-Path $TestDrive 'there.tar.gz'
        Write-Text -Path $target -Text 'mine'
        (Get-Failure { Export-SkmSnapshot $taken.Id $target -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        Get-Content -LiteralPath $target -Raw | Should -Be 'mine'
        "$(Get-Failure { Export-SkmSnapshot $taken.Id Env:there -SkillMeatHome $sample })" | Should -BeLike '*Environment provider*'
    }

    It 'refuses one that holds manifest and lock file only' {
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $failure = Get-Failure { Get-SkmSnapshot -First 1 -SkillMeatHome $sample | Export-SkmSnapshot -SkillMeatHome $sample -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of tests/data/media are drawn by the make_pictures.py beside them.
#include "media/picture.h"

#include <array>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vips/vips.h>

#include "base/file.h"
#include "base/handle.h"
#include "base/hash.h"
#include "base/process.h"
#include "support/temporary_directory.h"

namespace heliograph::media {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string picture_file(const std::string& name) {
    return read_file(std::string(HELIOGRAPH_TEST_DATA "/media/") + name);
}

class PictureTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { start("test_media"); }
};

// The stored bytes as libvips reads them back.
class ReadBack {
  public:
    explicit ReadBack(const Picture& picture)
        : image_(vips_image_new_from_buffer(picture.bytes.data(), picture.bytes.size(), "",
                                            static_cast<void*>(nullptr))) {}
    [[nodiscard]] VipsImage* get() const { return image_.get(); }
    [[nodiscard]] int bands() const { return vips_image_get_bands(image_.get()); }
    [[nodiscard]] bool has(const char* field) const {
        return vips_image_get_typeof(image_.get(), field) != 0;
    }
    // Band values of one pixel; a missing alpha is 255.
    [[nodiscard]] std::array<int, 4> pixel(int x, int y) const {
        double* values = nullptr;
        int count = 0;
        std::array<int, 4> result{-1, -1, -1, 255};
        if (vips_getpoint(image_.get(), &values, &count, x, y, static_cast<void*>(nullptr)) != 0)
            return result;
        for (int i = 0; i < count && i < 4; ++i)
            result.at(static_cast<std::size_t>(i)) = static_cast<int>(values[i]);
        g_free(values);
        return result;
    }

  private:
    Handle<VipsImage, g_object_unref> image_;
};

TEST_F(PictureTest, TurnsUprightAndForgetsPlaceAndCamera) {
    const std::string original = picture_file("gps.jpg");
    ASSERT_TRUE(original.contains("SECRETCAMERA"));
    const auto picture = make_picture(original, {});
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->asset.width, 80);  // 120 x 80 lying on its side
    EXPECT_EQ(picture->asset.height, 120);
    for (const char* trace : {"SECRETCAMERA", "EXIF", "XMP ", "ICCP"})
        EXPECT_FALSE(picture->bytes.contains(trace)) << trace;
    EXPECT_FALSE(ReadBack(*picture).has("exif-data"));
}

// A reader that others wrote, and that knows more kinds of metadata than we do.
TEST_F(PictureTest, ExifToolFindsNoMetadata) {
    const auto there = run_process({.arguments = {"exiftool", "-ver"}});
    if (!there) GTEST_SKIP() << "exiftool is not installed";
    const test::TemporaryDirectory folder;
    for (const PictureFormat format : {PictureFormat::kWebp, PictureFormat::kJpeg}) {
        const std::string original = HELIOGRAPH_TEST_DATA "/media/gps.jpg";
        const auto picture = make_picture(read_file(original), {.formats = {format}});
        ASSERT_TRUE(picture) << picture.error().message;
        const std::string stored = (folder.path() / picture->asset.extension).string();
        write_file_atomically(stored, picture->bytes);
        const auto found_in = [](const std::string& file) {
            const auto said = run_process(
                {.arguments = {"exiftool", "-EXIF:all", "-XMP:all", "-IPTC:all", "-GPS:all",
                               "-ICC_Profile:all", "-MakerNotes:all", "-Comment", file}});
            return said ? said->standard_output : "exiftool failed";
        };
        EXPECT_THAT(found_in(original), HasSubstr("SECRETCAMERA"));
        EXPECT_EQ(found_in(stored), "");
    }
}

TEST_F(PictureTest, WritesJpegWithWhiteWhereItIsClear) {
    const auto picture =
        make_picture(picture_file("left-half-clear.png"), {.formats = {PictureFormat::kJpeg}});
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->asset.media_type, "image/jpeg");
    EXPECT_TRUE(asset_path(picture->asset).ends_with(".jpg"));
    const ReadBack back(*picture);
    ASSERT_EQ(back.bands(), 3);
    EXPECT_GT(back.pixel(4, 32)[0], 250);
    EXPECT_GT(back.pixel(4, 32)[2], 250);
    const auto again =
        make_picture(picture_file("left-half-clear.png"), {.formats = {PictureFormat::kJpeg}});
    EXPECT_EQ(again->asset, picture->asset);
}

TEST_F(PictureTest, DescribesTheStoredBytes) {
    const auto picture = make_picture(picture_file("gps.jpg"), {});
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->asset.media_type, "image/webp");
    EXPECT_EQ(picture->asset.extension, "webp");
    EXPECT_EQ(picture->asset.size, picture->bytes.size());
    EXPECT_EQ(picture->asset.hash, sha256_hex(picture->bytes));
    EXPECT_EQ(picture->bytes.substr(0, 4) + picture->bytes.substr(8, 4), "RIFFWEBP");
}

TEST_F(PictureTest, ShrinksToTheWidthAndNeverEnlarges) {
    const std::string wide = picture_file("wide.jpg");  // 1600 x 100
    const auto shrunk = make_picture(wide, {.max_width = 800});
    ASSERT_TRUE(shrunk) << shrunk.error().message;
    EXPECT_EQ(shrunk->asset.width, 800);
    EXPECT_EQ(shrunk->asset.height, 50);
    const auto kept = make_picture(wide, {.max_width = 4000});
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->asset.width, 1600);
}

TEST_F(PictureTest, KeepsTransparency) {
    const auto picture = make_picture(picture_file("left-half-clear.png"), {});
    ASSERT_TRUE(picture) << picture.error().message;
    const ReadBack back(*picture);
    ASSERT_EQ(back.bands(), 4);
    EXPECT_EQ(back.pixel(4, 32)[3], 0);
    EXPECT_EQ(back.pixel(60, 32)[3], 255);
}

TEST_F(PictureTest, TakesTheFirstFrameOfAnAnimation) {
    const auto picture = make_picture(picture_file("red-then-blue.gif"), {});
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->asset.height, 40);
    const auto pixel = ReadBack(*picture).pixel(20, 20);
    EXPECT_GT(pixel[0], 230);
    EXPECT_LT(pixel[2], 60);
}

TEST_F(PictureTest, KeepsAnAnimationWhereItIsToldTo) {
    const std::string gif = picture_file("red-then-blue.gif");
    const auto picture = make_picture(gif, {.animations = Animations::kKeep});
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->asset.height, 40);
    EXPECT_TRUE(picture->asset.others.empty());
    EXPECT_EQ(vips_image_get_n_pages(ReadBack(*picture).get()), 3);
    // A WebP that moves is read like a GIF.
    const auto again = make_picture(picture->bytes, {.animations = Animations::kKeep});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(vips_image_get_n_pages(ReadBack(*again).get()), 3);
    EXPECT_EQ(vips_image_get_n_pages(ReadBack(make_picture(picture->bytes, {}).value()).get()), 1);
    // JPEG cannot move; beside it the WebP does.
    const auto both = make_picture(gif, {.formats = {PictureFormat::kWebp, PictureFormat::kJpeg},
                                         .animations = Animations::kKeep});
    ASSERT_TRUE(both) << both.error().message;
    EXPECT_EQ(both->asset.media_type, "image/jpeg");
    ASSERT_EQ(both->asset.others.size(), 1U);
    EXPECT_EQ(both->asset.others[0].hash, picture->asset.hash);
}

TEST_F(PictureTest, MakesASecondSizeOfWhatIsWideEnoughInEachFormat) {
    const std::string wide = picture_file("wide.jpg");  // 1600 x 100
    const auto two = make_picture(wide, {});
    ASSERT_TRUE(two) << two.error().message;
    EXPECT_EQ(two->asset.width, 1200);
    ASSERT_EQ(two->asset.others.size(), 1U);
    ASSERT_EQ(two->other_bytes.size(), 1U);
    EXPECT_EQ(two->asset.others[0].width, 480);
    EXPECT_EQ(two->asset.others[0].height, 30);
    EXPECT_EQ(two->asset.others[0].hash, sha256_hex(two->other_bytes[0]));
    EXPECT_LT(two->other_bytes[0].size(), two->bytes.size());

    EXPECT_TRUE(make_picture(wide, {.small_width = 0})->asset.others.empty());
    EXPECT_TRUE(make_picture(wide, {.small_width = 1000})->asset.others.empty());

    const auto four = make_picture(wide, {.formats = {PictureFormat::kWebp, PictureFormat::kJpeg}});
    ASSERT_TRUE(four) << four.error().message;
    EXPECT_EQ(four->asset.media_type, "image/jpeg");
    EXPECT_EQ(four->asset.width, 1200);
    std::vector<std::string> others;
    for (const Asset& other : four->asset.others)
        others.push_back(other.media_type + " " + std::to_string(other.width));
    EXPECT_THAT(others,
                ::testing::ElementsAre("image/webp 480", "image/webp 1200", "image/jpeg 480"));
}

TEST_F(PictureTest, SaysThatADrawingIsOne) {
    const auto picture =
        make_picture("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", {});
    ASSERT_FALSE(picture);
    EXPECT_THAT(picture.error().message, HasSubstr("SVG"));
}

TEST_F(PictureTest, ReadsCmykAndAvif) {
    for (const char* name : {"cmyk.jpg", "photo.avif"}) {
        const auto picture = make_picture(picture_file(name), {});
        ASSERT_TRUE(picture) << name << ": " << picture.error().message;
        EXPECT_EQ(picture->asset.width, 64) << name;
        EXPECT_EQ(ReadBack(*picture).bands(), 3) << name;
    }
}

TEST_F(PictureTest, GivesTheSameBytesTwice) {
    const std::string original = picture_file("wide.jpg");
    const auto first = make_picture(original, {});
    const auto second = make_picture(original, {});
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->asset, second->asset);
    EXPECT_EQ(first->bytes, second->bytes);
}

TEST_F(PictureTest, RefusesAPictureCutShort) {
    const std::string whole = picture_file("wide.jpg");
    for (const std::size_t length : {whole.size() / 2, whole.size() / 10, std::size_t{20}}) {
        const auto picture = make_picture(whole.substr(0, length), {});
        ASSERT_FALSE(picture) << length;
        EXPECT_EQ(picture.error().code, ErrorCode::kMalformed) << length;
    }
}

TEST_F(PictureTest, RefusesTooManyPixelsByTheHeaderAlone) {
    // The file ends long before the pixels it promises, so a decoder would call it broken.
    const auto picture = make_picture(picture_file("bomb.png"), {});
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, ErrorCode::kLimit) << picture.error().message;
    EXPECT_THAT(picture.error().message, HasSubstr("30000 x 30000"));
}

TEST_F(PictureTest, RefusesTooManyBytesWithoutLooking) {
    std::string bytes = picture_file("wide.jpg");
    bytes.resize(kMaxPictureBytes + 1);
    const auto picture = make_picture(bytes, {});
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, ErrorCode::kLimit);
}

TEST_F(PictureTest, RefusesCountersAndSpacers) {
    for (const char* name : {"counter.gif", "ruler.png"}) {
        const auto picture = make_picture(picture_file(name), {});
        ASSERT_FALSE(picture) << name;
        EXPECT_EQ(picture.error().code, ErrorCode::kMalformed) << name;
    }
}

TEST_F(PictureTest, RefusesWhatIsNoPictureAndFormatsThatRunProgrammes) {
    using namespace std::string_view_literals;
    const std::string_view cases[] = {
        ""sv,
        "not a picture"sv,
        "<!doctype html><title>404</title>"sv,
        "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'><rect/></svg>"sv,
        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'/>"sv,
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"sv,
        "P6 64 64 255\n"sv,
        "\xFF\xD8\xFF"sv,  // begins like a JPEG
        "\x89PNG\r\n\x1A\n"sv,
        "RIFF\x10\0\0\0WEBPVP8 \4\0\0\0\0\0\0\0"sv,
    };
    for (const std::string_view bytes : cases) {
        const auto picture = make_picture(bytes, {});
        ASSERT_FALSE(picture) << bytes;
        EXPECT_EQ(picture.error().code, ErrorCode::kMalformed) << bytes;
        EXPECT_THAT(picture.error().message, Not(HasSubstr("\n")));
    }
}

}  // namespace
}  // namespace heliograph::media
